import type { Rules, StoreRules } from '../../../src/vault/rules.ts';
import type { Json } from '../../../src/vault/types.ts';
import { type RawDump, rawDump } from '../../simulation/world/dump.ts';
import { ParentWorld } from './child.ts';
import { NAME } from './scene.ts';

/** How the step from version 1 to 2 turns out, which renames a member of every note. */
export type StepKind =
  | 'works'
  | 'throws'
  | 'is missing'
  | 'breaks the schema'
  | 'gives what no JSON holds'
  | 'gives another thing each time'
  | 'changes what it is given';

/** A build at version 2 of its notes, over data that a build at version 1 may have written. */
export class OlderWorld extends ParentWorld {
  protected override rules(): Rules {
    const drafts = { version: 1, isSound: () => true };
    return new Map<string, StoreRules>([
      ['notes', notesWhoseStep('works')],
      ['drafts', drafts],
    ]);
  }

  storedNow(): Promise<RawDump> {
    return rawDump(this.factory, NAME);
  }

  setStep(kind: StepKind): void {
    (this.hands.rules as Map<string, StoreRules>).set('notes', notesWhoseStep(kind));
  }

  /** The schema of this build throws, instead of saying no. */
  breakSchema(): void {
    const rule = notesWhoseStep('works');
    const isSound = (data: unknown, version: number): boolean => {
      if (version === 2) throw new TypeError('The schema broke');
      return rule.isSound(data, version);
    };
    (this.hands.rules as Map<string, StoreRules>).set('notes', { ...rule, isSound });
  }
}

function notesWhoseStep(kind: StepKind): StoreRules {
  const isSound = (data: unknown, version: number) =>
    version === 1 ? textIn(data, 'text') !== undefined : textIn(data, 'body') !== undefined;
  if (kind === 'is missing') return { version: 2, isSound };
  let made = 0;
  const migrate = (data: Json): Json => {
    const body = textIn(data, 'text') ?? '';
    made += 1;
    switch (kind) {
      case 'throws':
        throw new Error('The step failed');
      case 'breaks the schema':
        return { title: body };
      case 'gives what no JSON holds':
        return { body, size: Number.NaN };
      case 'gives another thing each time':
        return { body, made };
      case 'changes what it is given':
        return Object.assign(data as object, { body }) as Json;
      default:
        return { body };
    }
  };
  return { version: 2, isSound, migrate };
}

function textIn(data: unknown, member: string): string | undefined {
  const found = (data as Record<string, unknown> | null)?.[member];
  return typeof found === 'string' ? found : undefined;
}
