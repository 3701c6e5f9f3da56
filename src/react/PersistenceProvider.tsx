import type { ReactNode } from 'react';
import type { Persistence } from '../client.ts';
import { PersistenceContext } from './context.ts';
import { useUnloadGuard } from './useUnloadGuard.ts';

/** Hands the client down. The client lives outside: mounting starts nothing, unmounting ends nothing. */
export function PersistenceProvider({ client, children }: { client: Persistence; children: ReactNode }) {
  return (
    <PersistenceContext value={client}>
      <UnloadGuard />
      {children}
    </PersistenceContext>
  );
}

function UnloadGuard() {
  useUnloadGuard();
  return null;
}
