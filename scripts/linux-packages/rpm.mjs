// @ts-check
/** Owns the package for Fedora, openSUSE and their kin. */

import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject, run } from '../project.mjs';
import { MANUAL_FOLDERS } from './man-pages.mjs';
import { layOut, setDates } from './system-tree.mjs';

/**
 * @typedef {import('./description.mjs').PackageDescription} PackageDescription
 * @typedef {import('./system-tree.mjs').Payload} Payload
 */

/**
 * Nothing is built: rpmbuild takes the tree as it is, and reads from the programs which libraries they need. Those that lie
 * beside them are nobody else's; what sees keys outside of the window may lack its own.
 * @param {PackageDescription} description
 * @param {string} tree
 */
const spec = (description, tree) => `%global debug_package %{nil}
%global __os_install_post %{nil}
%global _build_id_links none
%global __provides_exclude_from ^/usr/lib/${description.name}/.*$
%global __requires_exclude ^lib(ffmpeg|EGL|GLESv2|vulkan|vk_swiftshader)\\\\.so.*$
%global __requires_exclude_from ^/usr/lib/${description.name}/resources/.*$

Name: ${description.name}
Version: ${description.version.replaceAll('-', '~')}
Release: 1
Summary: ${description.summary.en}
License: ${description.licence}
URL: ${description.homepage}
Packager: ${description.maintainer}
${description.rpmRequires.map((name) => `Requires: ${name}`).join('\n')}
${description.recommends.rpm.map((name) => `Recommends: ${name}`).join('\n')}

%description
${description.paragraphs.map(({ en }) => en).join('\n\n')}

%install
cp -a ${tree}/. %{buildroot}/

%files
%defattr(-, root, root)
/usr/bin/${description.name}
/usr/lib/${description.name}
/usr/share/applications/${description.desktopEntry}
/usr/share/icons/hicolor/*/apps/${description.name}.*
/usr/share/metainfo/${description.appStreamId}.metainfo.xml
${Object.values(MANUAL_FOLDERS)
  .map((folder) => `%doc /usr/share/man/${folder}/${description.name}.1.gz`)
  .join('\n')}
%dir /usr/share/licenses/${description.name}
%license /usr/share/licenses/${description.name}/copyright
`;

/** What would tell the machine and the moment of the build. */
const MACROS = {
  _buildhost: 'localhost',
  use_source_date_epoch_as_buildtime: '1',
  clamp_mtime_to_source_date_epoch: '1',
};

/**
 * @param {Payload} payload
 * @param {string} work a folder of its own
 * @param {string} output
 */
export async function makeRpm(payload, work, output) {
  const { description, date, closely } = payload;
  const { name, version, processor } = description;
  const tree = path.join(work, 'tree');
  await layOut(tree, payload);
  const licences = path.join(tree, 'usr/share/licenses', name);
  await mkdir(licences, { recursive: true });
  await cp(inProject('assets/linux/copyright'), path.join(licences, 'copyright'));

  await setDates(tree, date);
  const specFile = path.join(work, `${name}.spec`);
  await writeFile(specFile, spec(description, tree));
  const fileName = `${name}-${version}-1.${processor.rpm}.rpm`;
  const macros = {
    ...MACROS,
    _binary_payload: closely ? 'w6T0.xzdio' : 'w1.gzdio',
    _topdir: path.join(work, 'rpmbuild'),
    _rpmdir: output,
    _rpmfilename: fileName,
  };
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(date.getTime() / 1000) };
  const code = await run(
    'rpmbuild',
    [
      ...['-bb', '--quiet', '--target', `${processor.rpm}-linux`],
      ...Object.entries(macros).flatMap(([macro, value]) => ['--define', `${macro} ${value}`]),
      specFile,
    ],
    { quiet: true, env },
  );
  if (code !== 0) throw new Error('rpmbuild failed, or is not there (Debian, Ubuntu: apt-get install rpm)');
  return path.join(output, fileName);
}
