import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it } from 'vitest';
import { PageBoundary } from '../../../src/app/shell/PageBoundary.tsx';
import { say } from '../../../src/app/words/say.ts';
import { PersistenceProvider, useDocument } from '../../../src/react/index.ts';
import { during, notes, opened, SEEDS } from '../../client/kit.ts';

let root: Root | undefined;
afterEach(() => {
  root?.unmount();
  document.body.replaceChildren();
});

const page = { isBroken: false };

/** An editor that breaks when it is told to. */
function Editor() {
  const note = useDocument(notes, 'seed-1');
  if (page.isBroken) throw new Error('A mistake of ours');
  if (note.kind !== 'open') return null;
  return <output>{note.data.text}</output>;
}

function asksBeforeLeaving(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
}

it('[F37] a page that breaks over unsaved edits is not reloaded: it says so, keeps them, and the browser asks before leaving', async () => {
  const { environment, persistence } = await opened({ seeds: SEEDS });
  const place = document.createElement('div');
  document.body.append(place);
  root = createRoot(place, { onCaughtError() {} });
  const mounted = root;
  const draw = () =>
    flushSync(() =>
      mounted.render(
        <PersistenceProvider client={persistence}>
          <PageBoundary>
            <Editor />
          </PageBoundary>
        </PersistenceProvider>,
      ),
    );
  draw();
  await expect.poll(() => place.textContent).toBe('first example');
  const isSamePage = Symbol('this very page');
  Object.assign(window, { isSamePage });

  page.isBroken = true;
  flushSync(() => persistence.edit(notes, 'seed-1', { id: 'seed-1', text: 'typed last' }));
  await expect.poll(() => place.textContent).toContain(say('fault.title'));
  expect(asksBeforeLeaving()).toBe(true);
  expect(new TextDecoder().decode(persistence.downloadChanges())).toContain('typed last');

  page.isBroken = false;
  const again = [...place.querySelectorAll('button')].find(
    ({ textContent }) => textContent === say('fault.again'),
  );
  flushSync(() => again?.click());
  await expect.poll(() => place.textContent).toBe('typed last');
  expect((window as { isSamePage?: symbol }).isSamePage).toBe(isSamePage);
  expect(await during({ environment, persistence }, persistence.flush())).toBe('saved');
  await expect.poll(asksBeforeLeaving).toBe(false);
});
