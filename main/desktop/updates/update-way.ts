/** Owns which way a package is updated, and what makes updates wait. Pure. */

import type { CallReport } from '../../common/call-api/commands.ts';
import type { HostSnapshot } from '../../common/host-api/snapshot.ts';
import type { UpdateWay } from '../../common/host-api/updates.ts';

/** What the system tells the program of one package that another's has not. */
export type PackageMarks = Readonly<Record<'APPIMAGE' | 'PORTABLE_EXECUTABLE_FILE', string | undefined>>;

/**
 * Of deb, rpm and archive the program has no right to replace its files, and would have to run the package manager as root;
 * the portable program of Windows is unpacked anew at each start.
 */
export function updateWay(platform: NodeJS.Platform, marks: PackageMarks, byHand: boolean): UpdateWay {
  if (byHand) return 'by-hand';
  if (platform === 'linux') return marks.APPIMAGE ? 'itself' : 'by-hand';
  return platform === 'win32' && marks.PORTABLE_EXECUTABLE_FILE ? 'by-hand' : 'itself';
}

/** Whether a call or a room would suffer. */
export function keepsWaiting({ status }: Pick<HostSnapshot, 'status'>, call: CallReport['call']): boolean {
  return call !== 'out' || (status.phase !== 'idle' && status.phase !== 'failed');
}
