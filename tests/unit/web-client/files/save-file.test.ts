import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../main/common/result.ts';
import { hasKeptFiles } from '../../../../web-client/files/disk-api.ts';
import { type AppSaving, FileSaver } from '../../../../web-client/files/save-file.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

const FILE = new File(['abc'], 'film.mkv');

function saverWith(app: AppSaving | null) {
  const time = new ManualTime();
  const done: string[] = [];
  const urls = {
    createObjectURL: () => 'blob:1',
    revokeObjectURL: (url: string) => {
      done.push(`revoke ${url}`);
    },
  };
  const press = (url: string, name: string) => {
    done.push(`press ${url} ${name}`);
  };
  return { saver: new FileSaver({ urls, press, timers: time.timers, app }), time, done };
}

const appThat = (done: string[], { announces = true, saves = true } = {}): AppSaving => ({
  announceSave: async ({ url, name, size }) => {
    done.push(`announce ${url} ${name} ${size}`);
    return announces ? ok('token') : fail('no-folder');
  },
  saved: async (token) => {
    done.push(`wait ${token}`);
    return saves ? ok('film (1).mkv') : fail('no-space');
  },
  showSaved: async (token) => {
    done.push(`show ${token}`);
    return ok(null);
  },
});

describe('saving a file', () => {
  it('is a download in a browser, whose address ends later', async () => {
    const { saver, time, done } = saverWith(null);
    expect(await saver.save(FILE)).toEqual(ok({ name: null, showInFolder: null }));
    expect(done).toEqual(['press blob:1 film.mkv']);
    await time.advance(59_999);
    expect(done).toHaveLength(1);
    await time.advance(1);
    expect(done.at(-1)).toBe('revoke blob:1');
  });

  it('is announced in the app, which says what it is called and shows it', async () => {
    const steps: string[] = [];
    const { saver, done } = saverWith(appThat(steps));
    const saved = await saver.save(FILE);
    expect(saved).toMatchObject({ ok: true, value: { name: 'film (1).mkv' } });
    expect(steps).toEqual(['announce blob:1 film.mkv 3', 'wait token']);
    expect(done).toEqual(['press blob:1 film.mkv']);
    if (saved.ok) saved.value.showInFolder?.();
    expect(steps.at(-1)).toBe('show token');
  });

  it('is saved one after another in the app, also behind one that fails', async () => {
    const steps: string[] = [];
    const app = appThat(steps);
    type Saved = Awaited<ReturnType<AppSaving['saved']>>;
    let end: (saved: Saved) => void = () => {};
    const first = new Promise<Saved>((resolve) => {
      end = resolve;
    });
    const answers: Promise<Saved>[] = [first, Promise.resolve(ok('film.mkv'))];
    const { saver } = saverWith({ ...app, saved: () => answers.shift() ?? first });
    const both = [saver.save(FILE), saver.save(FILE)];
    await new Promise((resolve) => setTimeout(resolve));
    expect(steps).toHaveLength(1);
    end(fail('no-space'));
    expect((await Promise.all(both)).map((saved) => saved.ok)).toEqual([false, true]);
    expect(steps).toHaveLength(2);
  });

  it('fails where the app lets it not begin, or does not end it, and says why where one can do something', async () => {
    const refused = saverWith(appThat([], { announces: false }));
    expect(await refused.saver.save(FILE)).toEqual(fail('no-folder'));
    expect(refused.done).toEqual([]);
    expect(await saverWith(appThat([], { saves: false })).saver.save(FILE)).toEqual(fail('no-space'));
    const busy: AppSaving = { ...appThat([]), announceSave: async () => fail('unavailable') };
    expect(await saverWith(busy).saver.save(FILE)).toEqual(fail('failed'));
    const broken: AppSaving = { ...appThat([]), saved: () => Promise.reject(new Error()) };
    expect(await saverWith(broken).saver.save(FILE)).toEqual(fail('failed'));
  });
});

describe('whether a former page left something', () => {
  const storageWith = (names: readonly string[]) => ({
    getDirectory: async () => ({
      getDirectoryHandle: async () => ({
        async *keys() {
          yield* names;
        },
      }),
    }),
  });

  it('is known from its folder, also where that may not be looked at', async () => {
    expect(await hasKeptFiles(storageWith(['a.part']))).toBe(true);
    expect(await hasKeptFiles(storageWith([]))).toBe(false);
    expect(await hasKeptFiles({ getDirectory: () => Promise.reject(new Error('SecurityError')) })).toBe(
      false,
    );
  });
});
