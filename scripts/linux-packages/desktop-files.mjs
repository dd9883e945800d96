// @ts-check
/** Owns the files by which a Linux desktop knows the app: its entry, which also takes the links, and its page in the shop. */

/** @typedef {import('./description.mjs').PackageDescription} PackageDescription */

/**
 * What follows the two dashes is never taken for a switch. On X11 Electron gives its windows the app's title as their class; on
 * Wayland, the name of this file.
 * @param {PackageDescription} description
 */
export const desktopEntry = ({
  name,
  title,
  summary,
  generic,
  keywords,
  categories,
  scheme,
}) => `[Desktop Entry]
Type=Application
Name=${title}
GenericName=${generic.en}
GenericName[ru]=${generic.ru}
Comment=${summary.en}
Comment[ru]=${summary.ru}
Keywords=${keywords.en}
Keywords[ru]=${keywords.ru}
Exec=${name} -- %u
Icon=${name}
StartupWMClass=${title}
Terminal=false
Categories=${categories.map((category) => `${category};`).join('')}
MimeType=x-scheme-handler/${scheme};
`;

/** @param {string} text */
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * AppStream's file about the app.
 * @param {PackageDescription} description
 * @param {Date} date of the release
 */
export function metainfo(description, date) {
  const { name, title, version, homepage, licence, maintainer, desktopEntry: entry } = description;
  const { appStreamId, summary, paragraphs, categories, scheme } = description;
  const [developer = ''] = maintainer.split(' <');
  return `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${appStreamId}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>${licence}</project_license>
  <name>${escaped(title)}</name>
  <developer_name>${escaped(developer)}</developer_name>
  <summary>${escaped(summary.en)}</summary>
  <summary xml:lang="ru">${escaped(summary.ru)}</summary>
  <description>
${paragraphs
  .map(
    ({ en, ru }) => `    <p>${escaped(en)}</p>
    <p xml:lang="ru">${escaped(ru)}</p>`,
  )
  .join('\n')}
  </description>
  <launchable type="desktop-id">${entry}</launchable>
  <url type="homepage">${homepage}</url>
  <categories>
${categories.map((category) => `    <category>${category}</category>`).join('\n')}
  </categories>
  <provides>
    <binary>${name}</binary>
    <mediatype>x-scheme-handler/${scheme}</mediatype>
  </provides>
  <content_rating type="oars-1.1">
    <content_attribute id="social-chat">intense</content_attribute>
    <content_attribute id="social-audio">intense</content_attribute>
  </content_rating>
  <releases>
    <release version="${version}" date="${date.toISOString().slice(0, 10)}"/>
  </releases>
</component>
`;
}
