const MODULUS = 1n << 256n;

/** The `state` of a vault: the sum modulo 2^256 of its record checksums (durability 3.2). Free of order, and O(1) to keep. */
export const EMPTY_SUM = 0n;

export function addChecksum(sum: bigint, checksum: string): bigint {
  return (sum + BigInt(`0x${checksum}`)) % MODULUS;
}

export function takeChecksum(sum: bigint, checksum: string): bigint {
  return (sum + MODULUS - BigInt(`0x${checksum}`)) % MODULUS;
}

/** 64 hex digits. */
export function sumToHex(sum: bigint): string {
  return sum.toString(16).padStart(64, '0');
}

export function sumFromHex(state: string): bigint {
  return BigInt(`0x${state}`);
}
