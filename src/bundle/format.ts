import * as z from 'zod/mini';

/** Of our own export format. A file with a higher number comes from a newer build. */
export const FORMAT = 1;

/** Of the bundle around it, the same since the earlier app. */
export const BUNDLE_VERSION = 1;

const Checksum = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const SchemaVersion = z.int().check(z.positive());

/** One record in an export: its envelope without `rev` (durability 3.2). */
export const ExportedRecord = z.looseObject({
  checksum: Checksum,
  createdAt: z.string(),
  data: z.json(),
  id: z.string(),
  store: z.string(),
  updatedAt: z.string(),
  version: SchemaVersion,
});

/** One store in an export. */
export const ExportedPart = z.looseObject({
  checksum: Checksum,
  createdAt: z.string(),
  data: z.array(ExportedRecord),
  updatedAt: z.string(),
  version: SchemaVersion,
});

/** A damaged record, as it was found, beside the sound ones. */
export const ExportedApart = z.looseObject({
  aside: z.string(),
  id: z.nullable(z.string()),
  store: z.nullable(z.string()),
  why: z.string(),
});

/** Our export file, before the members that a domain adds about its stores. */
export const ExportFile = z.looseObject({
  apart: z.exactOptional(z.array(ExportedApart)),
  application: z.string(),
  data: z.record(z.string(), ExportedPart),
  exportedAt: z.string(),
  format: z.literal(FORMAT),
  version: z.literal(BUNDLE_VERSION),
});

/** The parameters are in the file, so that they can grow; all of them are covered by the checksum and the seal. */
export const LockedPart = z.looseObject({
  /** SHA-256 of the canonical form of the other members: tells damage from a wrong passphrase. */
  checksum: Checksum,
  cipher: z.literal('AES-GCM'),
  /** Base64, in pieces that can be decoded one by one. */
  data: z.array(z.string()),
  hash: z.literal('SHA-256'),
  iterations: z.int(),
  /** Base64 of 12 bytes. */
  iv: z.string(),
  kdf: z.literal('PBKDF2'),
  /** Base64 of 16 bytes or more. */
  salt: z.string(),
});

/** Our export file, encrypted: `locked` holds the bytes of an `ExportFile`. */
export const LockedFile = z.looseObject({
  application: z.string(),
  exportedAt: z.string(),
  format: z.literal(FORMAT),
  locked: LockedPart,
  version: z.literal(BUNDLE_VERSION),
});
