/** Holds what electron-builder is told for the systems whose installers are not made here. */

import { createRequire } from 'node:module';
import path from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { exists, filesIn, textOf } from '../support/source/source-tree.ts';

const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };

const settings = v.parse(
  v.object({
    electronLanguages: v.array(v.string()),
    win: v.object({ target: v.array(v.string()), icon: v.string() }),
    nsis: v.strictObject({ oneClick: v.boolean(), perMachine: v.boolean() }),
    mac: v.object({
      electronLanguages: v.array(v.string()),
      target: v.array(v.string()),
      icon: v.string(),
      hardenedRuntime: v.boolean(),
      entitlements: v.string(),
      entitlementsInherit: v.string(),
      notarize: v.optional(v.boolean()),
      extendInfo: v.record(v.string(), v.string()),
      extraResources: v.array(v.strictObject({ from: v.string(), to: v.string(), filter: v.string() })),
    }),
  }),
  yaml.load(textOf('electron-builder.yml')),
);

describe('Windows', () => {
  it('has an installer for one person without an administrator, and a program that installs nothing', () => {
    expect(settings.win.target).toEqual(['nsis', 'portable']);
    expect(settings.nsis).toEqual({ oneClick: true, perMachine: false });
    expect(exists(settings.win.icon)).toBe(true);
  });
});

describe('macOS', () => {
  const { mac } = settings;

  /** Of a file of strings, as macOS reads it: comments, and pairs that each end with a semicolon. */
  function stringsIn(file: string): Record<string, string> {
    const text = textOf(file).replaceAll(/\/\*.*?\*\//gs, '');
    const pairs = [...text.matchAll(/^"(\w+)" = "([^"\\]+)";$/gm)];
    expect(text.replaceAll(/^"\w+" = "[^"\\]+";$/gm, '').trim()).toBe('');
    return Object.fromEntries(pairs.map(([, key = '', value = '']) => [key, value]));
  }

  it('is allowed what Electron needs and the microphone, under the hardened runtime, and nothing else', () => {
    expect(mac.hardenedRuntime).toBe(true);
    expect(mac.entitlementsInherit).toBe(mac.entitlements);
    const list = textOf(mac.entitlements).replaceAll(/<!--.*?-->/gs, '');
    const [, inside = ''] = /<plist version="1\.0">\s*<dict>(.*)<\/dict>\s*<\/plist>\s*$/s.exec(list) ?? [];
    const granted = [...inside.matchAll(/<key>([\w.-]+)<\/key>\s*<true\/>/g)].map(([, key]) => key);
    expect(inside.replaceAll(/<key>[\w.-]+<\/key>\s*<true\/>/g, '').trim()).toBe('');
    expect(granted).toEqual([
      'com.apple.security.cs.allow-jit',
      'com.apple.security.cs.allow-unsigned-executable-memory',
      'com.apple.security.cs.disable-library-validation',
      'com.apple.security.device.audio-input',
    ]);
  });

  it('asks for the microphone and for the own network in the language of the person, in each that the app has', () => {
    const [strings] = mac.extraResources;
    expect(strings).toEqual({ from: 'assets/mac', to: '.', filter: '*.lproj/InfoPlist.strings' });
    const files = filesIn('assets/mac').filter((file) => file.endsWith('.strings'));
    const languages = files.map((file) => path.basename(path.dirname(file), '.lproj'));
    expect(languages.sort()).toEqual(mac.electronLanguages);
    expect(languages).toEqual(settings.electronLanguages.map((language) => language.slice(0, 2)));
    const asked = Object.fromEntries(files.map((file) => [file, stringsIn(file)]));
    expect(Object.keys(mac.extendInfo)).toEqual([
      'NSMicrophoneUsageDescription',
      'NSLocalNetworkUsageDescription',
    ]);
    expect(asked['assets/mac/en.lproj/InfoPlist.strings']).toEqual(mac.extendInfo);
    const russian = asked['assets/mac/ru.lproj/InfoPlist.strings'] ?? {};
    expect(Object.keys(russian)).toEqual(Object.keys(mac.extendInfo));
    for (const text of Object.values(russian)) expect(text).toMatch(/^[А-Яа-яё ,]+\.$/);
  });

  it('is signed and notarised by what the environment says, and by nothing in the sources', () => {
    expect(mac.notarize).toBeUndefined();
    expect(textOf('electron-builder.yml')).not.toMatch(/teamId|identity|certificateFile|Password/);
  });
});
