import type { ConflictSides } from '../../machines/conflicts.types.ts';
import type { ImportPlanning, ImportPreview, ImportWish } from '../../machines/import.types.ts';
import { sizeHint } from '../bundle/batches.ts';
import type { Choice, ImportPlan } from '../bundle/importPlan.ts';
import { planImport as plan } from '../bundle/planImport.ts';
import { StorageError } from '../engines/errors.ts';
import { earlierVersions } from './importing/earlierVersions.ts';
import type { ImportHands } from './importing/hands.ts';
import { inSteps } from './importing/inSteps.ts';
import { roomFor } from './importing/roomFor.ts';
import { newestState } from './newest.ts';

/** Comparing a record with what is here costs about as much as reading it so many times. */
const COMPARING = 4;

/**
 * Says what an import would do against what is stored now, and makes the one commit that does it. Only reads; proves
 * first that the present state can be rebuilt, and that what is to be written fits.
 *
 * @throws StorageError of class `corrupt` when there would be no way back, or why what is stored cannot be read
 */
export async function planImport(
  hands: ImportHands,
  { bundle, selection, resolutions, label, pinName, provenState, unproven }: ImportWish,
  signal: AbortSignal,
): Promise<ImportPlanning> {
  if (!bundle) throw new StorageError('programmer', 'There is nothing to import');
  const { domain, environment } = hands;
  const characters = COMPARING * bundle.records.reduce((sum, { data }) => sum + sizeHint(data), 0);
  return inSteps(hands, { service: 'planImport', signal, characters }, async (options) => {
    const state = await newestState(hands);
    const vault = hands.vault();
    const landed = unproven === null ? undefined : await vault.find(unproven);
    if (unproven !== null && landed?.kind === 'landed')
      return { kind: 'landed', finding: { code: 'applied', id: unproven, seq: landed.seq } };
    // Proven once for each state: a tick in the preview need not read everything again.
    if (state.state !== provenState) await vault.capture();
    const baseOf = await earlierVersions(hands, { records: bundle.records, state }, options);
    const made = await plan(bundle, state, domain, {
      ...options,
      baseOf,
      ...selection,
      choices: withResolutions(selection.choices, resolutions),
      label,
      pinName,
      now: environment.now(),
    });
    const room = await roomFor(environment, made);
    if (room) return { kind: 'refused', finding: { code: 'noRoom', ...room } };
    if (isNothing(made)) return { kind: 'refused', finding: { code: 'nothing' } };
    const commit = made.plan && { ...made.plan, id: environment.newId() };
    const preview = {
      plan: made,
      commit,
      provenState: state.state,
      sides: sidesOf(made),
      next: nextOf(made, selection),
    };
    return { kind: 'planned', preview };
  });
}

/** What was just decided goes before what was ticked; what is left for later stays as it is here. */
function withResolutions(
  choices: ImportWish['selection']['choices'],
  resolutions: ImportWish['resolutions'],
): ReadonlyMap<string, Choice> {
  const decided = [...resolutions].map(([key, { decision, merged }]): [string, Choice] => {
    if (decision === 'keep-second') return [key, 'file'];
    if (decision === 'keep-both') return [key, 'both'];
    return [key, decision === 'merge' && merged !== undefined ? { merged } : 'here'];
  });
  return new Map([...choices, ...decided]);
}

/** Everything in the file is here, copies of what it has twice included. */
function isNothing({ plan: made, lost, entries }: ImportPlan): boolean {
  const isHere = ({ kind, choice }: ImportPlan['entries'][number]) =>
    kind === 'same' || (kind === 'repeated' && choice === 'both');
  return made === null && lost.length === 0 && entries.every(isHere);
}

function nextOf(
  { plan: made, undecided, shrinking }: ImportPlan,
  { isAgreed }: ImportWish['selection'],
): ImportPreview['next'] {
  if (shrinking.length > 0 && !isAgreed) return 'none';
  if (undecided > 0) return 'decide';
  return made ? 'write' : 'none';
}

function sidesOf({ entries }: ImportPlan): ConflictSides[] {
  return entries
    .filter(({ choice }) => choice === undefined)
    .map(({ key, record: { store, id, data }, against, base, canKeepBoth }) => ({
      key,
      store,
      id,
      first: against,
      second: data,
      base,
      canKeepBoth,
    }));
}
