/** What the harness asks of one visit; it stands in the address of the page. */
export interface Visit {
  readonly role: string;
  readonly engine: string;
  readonly seed: number;
  /** Number of the first write. */
  readonly from: number;
  /** A fault built in on purpose, to see whether the harness notices. */
  readonly plant: string | null;
  /** Resolves once the harness, outside the browser, has taken it down; goes on to where the harness says. */
  report(event: string, body: unknown): Promise<void>;
}

export function visitOf(search: string): Visit {
  const asked = new URLSearchParams(search);
  return {
    role: asked.get('role') ?? '',
    engine: asked.get('engine') ?? '',
    seed: Number(asked.get('seed')),
    from: Number(asked.get('from')),
    plant: asked.get('plant'),
    async report(event, body) {
      const address = `/report/${asked.get('visit')}/${event}`;
      const response = await fetch(address, { method: 'POST', body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`The harness answered ${response.status}`);
      const next = await response.text();
      if (next) location.replace(next);
    },
  };
}
