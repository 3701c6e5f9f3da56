import type { Damage } from '../vault/contract.ts';
import { SET_ASIDE } from '../vault/verify.ts';

/** Damage that nobody has made good and no person has decided about: what is stored stays exactly as it lies. */
export function isOpenFinding({ repaired, where }: Damage): boolean {
  return !repaired && where !== SET_ASIDE;
}
