/**
 * Equal as JSON: members in any order. Much cheaper than comparing texts, where a whole store is compared at each save.
 * What JSON cannot hold equals nothing, so that it is looked at, and refused.
 */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other && typeof one !== 'undefined';
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((value, i) => isSameJson(value, other[i]));
  }
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every(
    (name) => Object.hasOwn(other, name) && isSameJson(one[name as never], other[name as never]),
  );
}
