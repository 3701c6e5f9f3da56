/** Kept with the entry of the history, not in its address: going back and a reload show the same list. */
export function importedState(ids: readonly string[]): { readonly imported: readonly string[] } {
  return { imported: ids };
}

/** The templates that an import wrote and a person wants to see; `null` for all. */
export function importedIn(state: unknown): ReadonlySet<string> | null {
  const { imported } = (state ?? {}) as { imported?: unknown };
  return Array.isArray(imported) ? new Set(imported.filter((id) => typeof id === 'string')) : null;
}
