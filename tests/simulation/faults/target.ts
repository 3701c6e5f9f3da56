type Listener = ((event: FaultEvent) => void) | { handleEvent(event: FaultEvent): void };
interface Entry {
  type: string;
  listener: Listener;
  once: boolean;
}

/** What the product sees of an event. Its target is the object the product holds, not the real one behind it. */
export class FaultEvent {
  readonly type: string;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly oldVersion: number | undefined;
  readonly newVersion: number | null | undefined;
  target: FaultTarget | null = null;
  currentTarget: FaultTarget | null = null;
  defaultPrevented = false;
  stopped = false;

  constructor(
    type: string,
    options: {
      bubbles?: boolean;
      cancelable?: boolean;
      oldVersion?: number;
      newVersion?: number | null;
    } = {},
  ) {
    this.type = type;
    this.bubbles = options.bubbles ?? false;
    this.cancelable = options.cancelable ?? false;
    this.oldVersion = options.oldVersion;
    this.newVersion = options.newVersion;
  }

  preventDefault(): void {
    if (this.cancelable) this.defaultPrevented = true;
  }

  stopPropagation(): void {
    this.stopped = true;
  }

  stopImmediatePropagation(): void {
    this.stopped = true;
  }
}

/** An EventTarget whose events come only from the fault layer, with the path request → transaction → database. */
export class FaultTarget {
  #entries: Entry[] = [];

  addEventListener(type: string, listener: Listener | null, options?: boolean | { once?: boolean }): void {
    if (!listener) return;
    if (this.#entries.some((entry) => entry.type === type && entry.listener === listener)) return;
    this.#entries.push({ type, listener, once: typeof options === 'object' && options.once === true });
  }

  removeEventListener(type: string, listener: Listener | null): void {
    this.#entries = this.#entries.filter((entry) => entry.type !== type || entry.listener !== listener);
  }

  /** Runs the listeners here and, for a bubbling event, up the path. All run, and then the first error is thrown. */
  emit(event: FaultEvent, path: FaultTarget[] = []): void {
    const errors: unknown[] = [];
    event.target = this;
    for (const target of event.bubbles ? [this, ...path] : [this]) {
      if (event.stopped) break;
      event.currentTarget = target;
      target.#run(event, errors);
    }
    event.currentTarget = null;
    if (errors.length > 0) throw errors[0];
  }

  #run(event: FaultEvent, errors: unknown[]): void {
    const attempt = (listener: Listener) => {
      try {
        if (typeof listener === 'function') listener.call(this, event);
        else listener.handleEvent(event);
      } catch (error) {
        errors.push(error);
      }
    };
    for (const entry of [...this.#entries]) {
      if (entry.type !== event.type) continue;
      if (entry.once) this.removeEventListener(entry.type, entry.listener);
      attempt(entry.listener);
    }
    const handler: unknown = Reflect.get(this, `on${event.type}`);
    if (typeof handler === 'function') attempt(handler as Listener);
  }
}

/**
 * Makes `instanceof` say what it says of the real thing, which libraries such as idb ask. Inherited methods move onto
 * the class itself, since its prototype chain now leads to the platform's.
 */
export function standIn(fault: { prototype: object }, platform: { prototype: object }): void {
  for (
    let from = Object.getPrototypeOf(fault.prototype);
    from !== Object.prototype;
    from = Object.getPrototypeOf(from)
  ) {
    for (const [name, member] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
      if (!Object.hasOwn(fault.prototype, name))
        Object.defineProperty(fault.prototype, name, member as PropertyDescriptor);
    }
  }
  Object.setPrototypeOf(fault.prototype, platform.prototype);
}
