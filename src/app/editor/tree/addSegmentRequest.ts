import { createSlot } from '../../ui/slot.ts';
import type { Workspace } from '../workspace.ts';

/** Where a segment is to be added, while its dialog is open. */
export const addSegmentRequest = createSlot<{ workspace: Workspace; index: number; after: string }>();

export function askForSegment(request: { workspace: Workspace; index: number; after: string }): void {
  addSegmentRequest.set(request);
}
