import type { LoadView } from '../client/types.ts';
import { usePersistence } from './context.ts';
import { useView } from './useView.ts';

/** How far the data has got at start-up: what the shell shows instead of pages until it is ready. */
export function useLoad(): LoadView {
  return useView(usePersistence().load);
}
