/** The same set with or without a member. */
export function toggled<T>(set: ReadonlySet<T>, member: T, isIn: boolean): ReadonlySet<T> {
  const others = [...set].filter((one) => one !== member);
  return new Set(isIn ? [...others, member] : others);
}
