/** How a message travels: by default as a task of its own. A test may delay, double, reorder or drop it (F61). */
export type Deliver = (task: () => void) => void;

class HubChannel extends EventTarget implements BroadcastChannel {
  readonly name: string;
  onmessage: BroadcastChannel['onmessage'] = null;
  onmessageerror: BroadcastChannel['onmessageerror'] = null;
  readonly #open: Set<HubChannel>;
  readonly #deliver: Deliver;

  constructor(name: string, open: Set<HubChannel>, deliver: Deliver) {
    super();
    this.name = name;
    this.#open = open;
    this.#deliver = deliver;
    open.add(this);
  }

  postMessage(message: unknown): void {
    if (!this.#open.has(this)) throw new DOMException('Channel is closed', 'InvalidStateError');
    for (const other of this.#open) {
      if (other === this || other.name !== this.name) continue;
      const data: unknown = structuredClone(message);
      this.#deliver(() => other.#receive(data));
    }
  }

  #receive(data: unknown): void {
    if (!this.#open.has(this)) return;
    const event = new MessageEvent('message', { data });
    this.onmessage?.(event);
    this.dispatchEvent(event);
  }

  close(): void {
    this.#open.delete(this);
  }
}

/** BroadcastChannels of one origin: `open(name)` gives one end; a message reaches all other open ends of that name. */
export function createChannelHub(deliver: Deliver = (task) => setTimeout(task, 0)) {
  const open = new Set<HubChannel>();
  return {
    open: (name: string): BroadcastChannel => new HubChannel(name, open, deliver),
    /** How many ends are open: a test of "closed on pagehide" looks here (F60). */
    count: () => open.size,
  };
}

export type ChannelHub = ReturnType<typeof createChannelHub>;
