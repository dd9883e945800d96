import { expect, it } from 'vitest';
import { TransferSpeed } from '../../../../../web-client/core/files/transfer-speed.ts';

const MB = 1_048_576;

it('says nothing of less than a second', () => {
  const speed = new TransferSpeed();
  expect(speed.bytesPerSecond(0)).toBeNull();
  speed.restart(0, 0);
  speed.note(500, MB);
  expect(speed.bytesPerSecond(900)).toBeNull();
  expect(speed.bytesPerSecond(1_000)).toBe(MB);
});

it('is that of the last seconds, and not of all', () => {
  const speed = new TransferSpeed();
  speed.restart(0, 0);
  for (let second = 1; second <= 20; second++) speed.note(second * 1_000, second * MB);
  for (let second = 21; second <= 30; second++) speed.note(second * 1_000, 20 * MB + (second - 20) * 3 * MB);
  expect(speed.bytesPerSecond(30_000)).toBe(3 * MB);
  expect(speed.secondsLeft(30_000, 9 * MB)).toBe(3);
});

it('spans some blocks where they come seconds apart', () => {
  const speed = new TransferSpeed();
  speed.restart(0, 0);
  for (let block = 1; block <= 6; block++) speed.note(block * 10_000, block * MB);
  expect(speed.bytesPerSecond(60_000)).toBeCloseTo(MB / 10, -1);
});

it('falls while nothing comes, and says no time then', () => {
  const speed = new TransferSpeed();
  speed.restart(0, 0);
  speed.note(1_000, MB);
  expect(speed.bytesPerSecond(10_000)).toBe(MB / 10);
  speed.restart(20_000, MB);
  expect([speed.bytesPerSecond(22_000), speed.secondsLeft(22_000, MB)]).toEqual([0, null]);
});

it('takes what was done before a pause for no speed', () => {
  const speed = new TransferSpeed();
  speed.restart(0, 0);
  speed.note(1_000, 50 * MB);
  speed.restart(60_000, 50 * MB);
  speed.note(61_000, 51 * MB);
  expect(speed.bytesPerSecond(61_000)).toBe(MB);
});

it('counts several blocks of one moment as one step', () => {
  const speed = new TransferSpeed();
  speed.restart(0, 0);
  for (let block = 1; block <= 50; block++) speed.note(1_000 + block, block * MB);
  expect(speed.bytesPerSecond(2_000)).toBe(25 * MB);
});
