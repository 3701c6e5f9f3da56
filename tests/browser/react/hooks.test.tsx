import { type ReactNode, StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it } from 'vitest';
import type { Persistence } from '../../../src/client.ts';
import {
  PersistenceProvider,
  useDocument,
  useLoad,
  usePersisted,
  usePersistenceStatus,
} from '../../../src/react/index.ts';
import { during, notes, opened, openPage, type Page, SEEDS, until } from '../../client/kit.ts';

let root: Root | undefined;

function render(client: Persistence, content: ReactNode): HTMLElement {
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place);
  const mounted = root;
  flushSync(() =>
    mounted.render(
      <StrictMode>
        <PersistenceProvider client={client}>{content}</PersistenceProvider>
      </StrictMode>,
    ),
  );
  return place;
}

afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

function List() {
  const load = useLoad();
  const view = usePersisted(notes);
  if (view.kind === 'loading') return <p>{load.kind}</p>;
  return (
    <ul>
      {view.records.map(({ id, data }) => (
        <li key={id}>{data.text}</li>
      ))}
    </ul>
  );
}

function Editor({ id }: { id: string }) {
  const note = useDocument(notes, id);
  if (note.kind !== 'open') return <p>{note.kind}</p>;
  return (
    <input
      value={note.data.text}
      data-tags={[...note.tags].join(' ')}
      onChange={(event) => note.edit({ ...note.data, text: event.target.value })}
    />
  );
}

function Pill() {
  const { key, unsavedCount } = usePersistenceStatus();
  return <output>{`${key} ${unsavedCount}`}</output>;
}

/** Types as a person does: the browser's own value setter, then the event that React listens to. */
function type(input: HTMLInputElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

function inputOf(place: HTMLElement): HTMLInputElement {
  const input = place.querySelector('input');
  if (!input) throw new Error(`There is no input in ${place.innerHTML}`);
  return input;
}

function holdsThePage(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

const isQuiet = (page: Page) => () =>
  !page.persistence.tags.getSnapshot().some((tags) => tags.has('unsaved'));

describe('The hooks', () => {
  it('show loading, never an empty list, until the data is there', async () => {
    const page = openPage({ seeds: SEEDS });
    const place = render(page.persistence, <List />);
    expect(place.textContent).toBe('loading');
    await until(page, () => page.persistence.load.getSnapshot().kind === 'ready');
    await expect.poll(() => place.textContent).toBe('first examplesecond example');
  });

  it('show every keystroke at once, in the editor and in the list', async () => {
    const page = await opened({ seeds: SEEDS });
    const place = render(
      page.persistence,
      <>
        <Editor id="seed-1" />
        <List />
      </>,
    );
    await expect.poll(() => inputOf(place).value).toBe('first example');
    type(inputOf(place), 'typed');
    await expect.poll(() => inputOf(place).value).toBe('typed');
    expect(place.querySelector('li')?.textContent).toBe('typed');
    expect(inputOf(place).dataset.tags).toContain('unsaved');
    await until(page, isQuiet(page));
    await expect.poll(() => inputOf(place).dataset.tags).toContain('saved');
    expect(await page.persistence.commits(9)).toHaveLength(2);
  });

  it('hold the page exactly while something is unsaved', async () => {
    const page = await opened({ seeds: SEEDS });
    const place = render(page.persistence, <Editor id="seed-1" />);
    await expect.poll(() => inputOf(place).value).toBe('first example');
    expect(holdsThePage()).toBe(false);
    type(inputOf(place), 'typed');
    await expect.poll(holdsThePage).toBe(true);
    await until(page, isQuiet(page));
    await expect.poll(holdsThePage).toBe(false);
  });

  it('a mount, an unmount and strict mode start and end nothing', async () => {
    const page = await opened({ seeds: SEEDS });
    const place = render(page.persistence, <Editor id="seed-1" />);
    await expect.poll(() => inputOf(place).value).toBe('first example');
    type(inputOf(place), 'typed');
    await expect.poll(() => inputOf(place).value).toBe('typed');
    root?.unmount();
    await during(page, page.persistence.flush());
    expect(await page.persistence.commits(9)).toHaveLength(2);
    const again = render(page.persistence, <Editor id="seed-1" />);
    await expect.poll(() => inputOf(again).value).toBe('typed');
  });

  it('the pill says how far it is, and counts what is unsaved', async () => {
    const page = await opened({ seeds: SEEDS });
    const place = render(
      page.persistence,
      <>
        <Pill />
        <Editor id="seed-1" />
      </>,
    );
    const pill = () => place.querySelector('output')?.textContent;
    await expect.poll(pill).toBe('saved 0');
    type(inputOf(place), 'typed');
    await expect.poll(pill).toBe('edited 1');
    await until(page, isQuiet(page));
    await expect.poll(pill, { timeout: 3_000 }).toBe('saved 0');
  });

  it('a document that is not there is missing, not empty', async () => {
    const page = await opened();
    const place = render(page.persistence, <Editor id="nobody" />);
    await expect.poll(() => place.textContent).toBe('missing');
  });
});
