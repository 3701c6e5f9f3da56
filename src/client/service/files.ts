import { type BundleSource, buildBundle } from '../../bundle/buildBundle.ts';
import { checkFile } from '../../bundle/checkFile.ts';
import type { BundleDomain } from '../../bundle/domain.ts';
import type { ImportPlan } from '../../bundle/importPlan.ts';
import { planImport } from '../../bundle/planImport.ts';
import type { Place } from '../../bundle/verdict.ts';
import type { Environment } from '../../environment.ts';
import { pauseOf } from '../../services/pauseOf.ts';
import type { VaultState } from '../../vault/contract.ts';
import { allRecords } from '../../vault/draft.ts';
import { digestWith } from '../../vault/sha256.ts';
import type { CommitPlan } from '../../vault/types.ts';
import { PersistenceError } from './PersistenceError.ts';
import type { ExportBundle, ImportChoices, ImportResult } from './types.ts';

interface Options {
  environment: Environment;
  files: BundleDomain;
}

/** An export of a state, as JSON has it. @throws PersistenceError `tooLarge`, or `failed` when it did not read back */
export async function exportState(state: VaultState, { environment, files }: Options): Promise<ExportBundle> {
  const source: BundleSource = { records: allRecords(state), asides: state.asides };
  const exportedAt = new Date(environment.now()).toISOString();
  const built = await buildBundle(source, files, { ...checksOf(environment), exportedAt });
  switch (built.kind) {
    case 'built':
      return JSON.parse(new TextDecoder().decode(built.bytes)) as ExportBundle;
    case 'too-large':
      throw new PersistenceError('tooLarge');
    case 'mismatched':
      throw new PersistenceError('failed');
  }
}

/** What a file would change, and the result if it did; `plan` is null when there is nothing to do. Writes nothing. */
export async function readImport(
  found: unknown,
  state: VaultState,
  { environment, files, strategy = 'merge', label = 'file', agreed = false }: Options & ImportChoices,
): Promise<{ result: Omit<ImportResult, 'commitId'>; plan: CommitPlan | null }> {
  const bytes = found instanceof Uint8Array ? found : new TextEncoder().encode(JSON.stringify(found) ?? '');
  const checks = checksOf(environment);
  const checked = await checkFile(bytes, files, checks);
  if (checked.kind === 'locked') return refusal({ key: null, error: 'locked' });
  if (checked.kind === 'refused')
    return { ...refusal({ key: keyAt(checked.at, files), error: checked.code }, { refused: checked }) };

  const id = environment.newId();
  const options = { strategy, label, pinName: 'import', isAgreed: agreed, ...checks };
  const planned = await planImport(checked.bundle, state, files, options);
  const changed = new Set(planned.plan?.changes.map(({ store }) => store));
  const errors = undecidedIn(planned).map((key) => ({ key, error: 'undecided' }));
  return {
    result: {
      success: errors.length === 0,
      imported: [...changed],
      skipped: checked.bundle.stores.filter((store) => !changed.has(store)),
      errors,
    },
    plan: planned.plan && { ...planned.plan, id },
  };
}

function checksOf(environment: Environment) {
  const { subtle, now } = environment;
  return { digest: digestWith(subtle, 0), now: now(), pause: pauseOf(environment) };
}

function refusal(error: ImportResult['errors'][number], more: Pick<ImportResult, 'refused'> = {}) {
  return { result: { success: false, imported: [], skipped: [], errors: [error], ...more }, plan: null };
}

/** Stores with records that changed on both sides, about which nobody has decided. */
function undecidedIn({ entries }: ImportPlan): string[] {
  return [...new Set(entries.flatMap(({ choice, record }) => (choice === undefined ? [record.store] : [])))];
}

/** `data.templates…` and `templates[1].id` are about the templates. */
function keyAt(at: Place | null, { stores }: BundleDomain): string | null {
  const path = at && 'path' in at ? at.path.replace(/^data\./, '') : '';
  return [...stores.keys()].find((name) => path.startsWith(name)) ?? null;
}
