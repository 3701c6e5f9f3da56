import type { Persistence } from '../../../client.ts';
import type { Json } from '../../../vault/types.ts';
import { serializationState } from '../../stores/serializationState.ts';
import { settings } from '../../stores/settings.ts';
import { templates } from '../../stores/templates.ts';
import type { Exportable, ExportQueries } from './step.ts';

/** Reads once what the page shows: while the dialog is open, nothing else is edited in this page. */
export function exportQueries(persistence: Persistence): ExportQueries {
  let found: readonly Exportable[] | undefined;
  return {
    records() {
      found ??= [...from(templates), ...from(settings), ...from(serializationState)];
      return found;
    },
    findPatientLike: () => persistence.findPatientLike(),
  };

  function from<T>(store: Parameters<typeof persistence.records<T>>[0]): Exportable[] {
    const view = persistence.records(store).getSnapshot();
    if (view.kind !== 'ready') return [];
    return view.records.map(({ id, isDraft, data }) => ({
      id,
      store: isDraft ? 'drafts' : store.name,
      data: data as unknown as Json,
    }));
  }
}
