import type { Decision } from '../../../machines/conflicts.types.ts';
import type { ChosenFile } from '../../../machines/intake.types.ts';
import { buildBundle } from '../../../src/bundle/buildBundle.ts';
import type { BundleDomain, BundleStore } from '../../../src/bundle/domain.ts';
import { type LockSubtle, lockBundle } from '../../../src/bundle/lockBundle.ts';
import type { FileCrypto, ImportHands } from '../../../src/services/importing/hands.ts';
import { recordChecksum } from '../../../src/vault/envelope.ts';
import { digestWith } from '../../../src/vault/sha256.ts';
import type { Envelope, Json } from '../../../src/vault/types.ts';
import { ParentWorld } from './child.ts';

const isNote = (data: unknown): boolean => typeof (data as { text?: unknown } | null)?.text === 'string';

const notes: BundleStore = {
  version: 1,
  isMain: true,
  isSound: isNote,
  whereUnsound: (data) => (isNote(data) ? undefined : 'text'),
  fromSeed: () => ({ kind: 'unsound', at: 'data' }),
  copyOf: (data, { id }) => ({ ...(data as object), copy: id }),
  // A merge that makes no sense: each half has its partner on the other side.
  withTestValues: (data, numberOf) => {
    const { text, ...others } = data as { [member: string]: Json };
    return { ...others, text: `test ${numberOf('text', String(text))}` };
  },
  whyNotMerged: (merged) => ((merged as { half?: Json }).half === 'left' ? 'half' : undefined),
};

/** An app of notes, as the scenes store them. */
export const notesDomain: BundleDomain = {
  application: 'notes',
  stores: new Map([
    ['notes', notes],
    ['drafts', { ...notes, isMain: false }],
  ]),
};

const strictStores: BundleDomain['stores'] = new Map([['notes', { ...notes, whereUnsound: () => 'text' }]]);

/** Real cryptography that counts fewer rounds: a path must not take as long as a guess. */
const quickSubtle: LockSubtle = {
  importKey: globalThis.crypto.subtle.importKey.bind(globalThis.crypto.subtle) as LockSubtle['importKey'],
  encrypt: globalThis.crypto.subtle.encrypt.bind(globalThis.crypto.subtle),
  decrypt: globalThis.crypto.subtle.decrypt.bind(globalThis.crypto.subtle),
  deriveKey: ((derivation: Pbkdf2Params, ...rest: unknown[]) =>
    (globalThis.crypto.subtle.deriveKey as (...all: unknown[]) => Promise<CryptoKey>).call(
      globalThis.crypto.subtle,
      { ...derivation, iterations: 1 },
      ...rest,
    )) as LockSubtle['deriveKey'],
};
const quickCrypto: FileCrypto = {
  subtle: quickSubtle,
  randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
};

/** A world with a page that chooses files, and a person behind the children of a parent. */
export class ImportWorld extends ParentWorld {
  /** A mistake of ours, in whatever is asked next. */
  isAppBroken = false;
  /** What is read of files is refused, whatever it is: our own, too. */
  isStrict = false;
  /** The person mistypes what they type next. */
  isMistyped = false;
  /** The page is no secure context (any more): nothing can be decrypted. */
  isInsecure = false;
  /** The file that the person brings where they are asked for one; without one they leave. */
  brings: ChosenFile | undefined;
  /** What the person says about every conflict; without a word they go back. */
  decides: Decision | undefined;
  /** What the browser says is free; it says nothing by default. */
  freeBytes: number | undefined;

  readonly importHands: ImportHands;

  constructor() {
    super();
    const stores = () => {
      if (this.isAppBroken) throw new TypeError('A mistake of ours');
      return this.isStrict ? strictStores : notesDomain.stores;
    };
    const crypto = () => (this.isInsecure ? undefined : quickCrypto);
    this.importHands = {
      ...this.hands,
      environment: {
        ...this.environment,
        storageManager: {
          estimate: async () =>
            this.freeBytes === undefined ? {} : { quota: this.freeBytes + 1_000, usage: 1_000 },
          persist: async () => false,
          persisted: async () => false,
        },
      },
      domain: {
        ...notesDomain,
        get stores() {
          return stores();
        },
      },
      pause: async () => {},
      get crypto() {
        return crypto();
      },
    };
  }

  override heal(): void {
    this.isAppBroken = false;
    this.isStrict = false;
    this.isMistyped = false;
    this.isInsecure = false;
    this.brings = undefined;
    this.decides = undefined;
    this.freeBytes = undefined;
    super.heal();
  }
}

const EXPORTED_AT = '2026-03-01T08:00:00.000Z';
const options = { digest: digestWith(globalThis.crypto.subtle), now: Date.UTC(2026, 2, 1, 9) };

export function noteEnvelope(id: string, data: Json): Envelope {
  const content = { createdAt: EXPORTED_AT, updatedAt: EXPORTED_AT, version: 1, store: 'notes', id, data };
  return { rev: 1, ...content, checksum: recordChecksum(content) };
}

/** The bytes of an export of these notes. */
export async function exportOfNotes(
  records: Readonly<Record<string, Json>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const envelopes = Object.entries(records).map(([id, data]) => noteEnvelope(id, data));
  const built = await buildBundle({ records: envelopes }, notesDomain, {
    ...options,
    exportedAt: EXPORTED_AT,
    stores: ['notes'],
  });
  if (built.kind !== 'built') throw new Error(`The file was not built: ${built.kind}`);
  return built.bytes;
}

export async function lockedWith(
  passphrase: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { application } = notesDomain;
  return lockBundle(bytes, passphrase, { ...quickCrypto, application, exportedAt: EXPORTED_AT });
}

/** A file as a page has it. */
export const fileOf = (bytes: Uint8Array<ArrayBuffer>): ChosenFile => new Blob([bytes]);
/** On a drive that is gone. */
export const goneFile: ChosenFile = {
  size: 10,
  arrayBuffer: () => Promise.reject(new DOMException('The drive is gone', 'NotReadableError')),
};
/** On a drive that does not answer. */
export const slowFile: ChosenFile = { size: 10, arrayBuffer: () => new Promise(() => {}) };
