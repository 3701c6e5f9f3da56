import { createContext, useContext } from 'react';
import type { Persistence } from '../client.ts';

export const PersistenceContext = createContext<Persistence | null>(null);

/** The client of the app. @throws Error outside of a `<PersistenceProvider>` */
export function usePersistence(): Persistence {
  const client = useContext(PersistenceContext);
  if (!client) throw new Error('There is no <PersistenceProvider> above this component');
  return client;
}
