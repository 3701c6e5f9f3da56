export type { LegacyRecord, LegacyRow } from '../../machines/migration.types.ts';
export type { LegacyDomain, LegacyPlace, LegacyReader, LegacyReading } from '../services/legacy/domain.ts';
