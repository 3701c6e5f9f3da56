import { useEffect, useMemo, useState } from 'react';
import { type Status, statusOf } from '../client/statusOf.ts';
import type { Durability } from '../client/types.ts';
import { usePersistence } from './context.ts';
import { steadyStatus } from './steadyStatus.ts';
import { useView } from './useView.ts';

export interface PersistenceStatus extends Status {
  /** Documents whose edits are not stored yet. */
  readonly unsavedCount: number;
  /** `eventual`: what is saved is on the disk within about a minute, and not before (docs/decisions/0005). */
  readonly durability: Durability;
  /** Milliseconds since 1970; null when nothing was saved yet in this visit. */
  readonly lastSavedAt: number | null;
}

/** The pill of the header as data, without flicker. */
export function usePersistenceStatus(): PersistenceStatus {
  const client = usePersistence();
  const tags = useView(client.tags);
  const lastSavedAt = useView(client.lastSavedAt);
  const status = useMemo(() => statusOf(tags, 'unknown'), [tags]);
  const [shown, show] = useState(status);
  const steady = useMemo(() => steadyStatus(browserClock, () => performance.now(), show), []);
  useEffect(() => steady.next(status), [steady, status]);
  useEffect(() => () => steady.stop(), [steady]);
  const unsavedCount = useView(client.unsavedCount);
  const durability = useView(client.durability);
  return { ...shown, unsavedCount, lastSavedAt, durability };
}

const browserClock = {
  setTimeout: (task: () => void, ms: number) => setTimeout(task, ms),
  clearTimeout: (handle: unknown) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};
