import { createRoot, type Root } from 'react-dom/client';
import { page, userEvent } from 'vitest/browser';
import { App } from '../../../../src/app/App.tsx';
import { openPersistence } from '../../../../src/app/openPersistence.ts';
import type { Persistence } from '../../../../src/client.ts';
import { PersistenceProvider } from '../../../../src/react/index.ts';
import '../../../../src/app/styles.css';

/** The real app on a real database of its own. */
export interface OpenApp {
  readonly persistence: Persistence;
  /** Closes the page and opens it again on the same database, as a reload does. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the app at an address, on an empty database, or on the one with that name. */
export async function openApp(address: string, name = `app-${crypto.randomUUID()}`): Promise<OpenApp> {
  let root: Root;
  let persistence: Persistence;
  let place: HTMLElement;
  const open = async (): Promise<void> => {
    window.sessionStorage.clear();
    place = document.createElement('div');
    place.id = 'root';
    place.style.height = '800px';
    document.body.append(place);
    persistence = openPersistence(name);
    root = createRoot(place);
    root.render(
      <PersistenceProvider client={persistence}>
        <App />
      </PersistenceProvider>,
    );
    await untilReady(persistence);
  };
  const close = async (): Promise<void> => {
    root.unmount();
    place.remove();
    await persistence.close();
    await releaseLocks();
  };
  window.location.hash = address;
  await page.viewport(1280, 800);
  await open();
  return {
    get persistence() {
      return persistence;
    },
    close,
    async reopen() {
      await close();
      await open();
    },
  };
}

/** A page that is gone holds no locks; this one only plays that it is gone. */
async function releaseLocks(): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  for (const { name = '' } of held) {
    if (name.startsWith('hl7-helper-web.'))
      await navigator.locks.request(name, { steal: true }, () => undefined);
  }
}

/** Puts text where the person's clipboard would put it: into what has the focus, as a paste. */
export async function paste(field: Element, text: string): Promise<void> {
  await userEvent.click(field);
  const data = new DataTransfer();
  data.setData('text/plain', text);
  field.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }),
  );
}

function untilReady(persistence: Persistence): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (persistence.load.getSnapshot().kind === 'loading') return;
      stop();
      resolve();
    };
    const stop = persistence.load.subscribe(look);
    look();
  });
}
