import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// electron-builder's own loader and schema, offline; its packages are CommonJS without an entry for these.
const fromBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const { validateConfiguration, getConfig } = fromBuilder('app-builder-lib/out/util/config/config') as {
  readonly validateConfiguration: (config: object, log: object) => Promise<void>;
  readonly getConfig: (folder: string, path: string, options: null) => Promise<Readonly<Record<string, unknown>>>;
};
const { DebugLogger } = fromBuilder('builder-util') as { readonly DebugLogger: new (enabled: boolean) => object };
const root = fileURLToPath(new URL('../../..', import.meta.url));

async function config(): Promise<Record<string, unknown>> {
  return structuredClone(await getConfig(root, 'electron-builder.yml', null));
}

async function validate(some: object): Promise<void> {
  await validateConfiguration({ ...(await config()), ...some }, new DebugLogger(false));
}

describe('electron-builder.yml', () => {
  it('passes electron-builder\'s own validation', async () => {
    await validate({});
  });

  it.each<[string, object]>([
    ['an unknown key', { asarUnpak: ['**/*.node'] }],
    ['an unknown key in a target', { deb: { depend: ['libsecret-1-0'] } }],
    ['an unknown key of the installer', { nsis: { deleteAppData: false } }],
    ['a wrong type', { npmRebuild: 'no' }],
    ['a toolset nobody knows', { toolsets: { appimage: '9.9.9' } }],
    ['a word for yes or no', { mac: { hardenedRuntime: 'perhaps' } }],
  ])('would fail with %s', async (_name, typo) => {
    await expect(validate(typo)).rejects.toThrow(/configuration/i);
  });

  it('keeps what the facts ask for', async () => {
    expect(await config()).toMatchObject({
      asar: true, npmRebuild: false, publish: null, toolsets: { appimage: '1.0.3' },
      asarUnpack: expect.arrayContaining(['**/*.node', '**/node_modules/@img/**']) as string[],
      linux: { target: ['deb', 'AppImage'] },
      deb: { depends: expect.arrayContaining(['libsecret-1-0']) as string[], recommends: ['gnome-keyring'] },
      nsis: { oneClick: false, perMachine: false, allowElevation: false, deleteAppDataOnUninstall: false },
    });
  });

  it('ships neither sources nor tests, and both builders are development dependencies', async () => {
    const { files } = await config() as { readonly files: readonly string[] };
    const shipped = files.filter((pattern) => typeof pattern === 'string' && !pattern.startsWith('!'));
    expect(shipped.filter((pattern) => /^(src-|test|scripts|docs|\*)/.test(pattern))).toEqual([]);
    const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(['electron', 'electron-builder']));
    expect(Object.keys(manifest.dependencies)).not.toContain('electron');
  });
});
