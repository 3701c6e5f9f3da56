import axe from 'axe-core';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect } from 'vitest';
import { page } from 'vitest/browser';
import type { ProblemCommands } from '../../../../../src/app/start/commands.ts';
import ToastRegion from '../../../../../src/app/ui/ToastRegion.tsx';
import '../../../../../src/app/styles.css';

/** A page as the app has it: something that had the focus, a heading, and a live region. */
export interface Stage {
  /** Had the focus before anything was shown. */
  readonly before: HTMLElement;
  readonly heading: HTMLElement;
  readonly live: HTMLElement;
  show(view: ReactNode): void;
  close(): void;
}

export async function openStage(): Promise<Stage> {
  await page.viewport(1280, 800);
  const place = document.createElement('div');
  place.id = 'root';
  place.innerHTML = `
    <header><button type="button">Before</button><span aria-live="polite" role="status"></span></header>
    <main id="main" tabindex="-1"><h1 tabindex="-1">Templates</h1></main>
    <div class="view"></div>`;
  document.body.append(place);
  const find = (selector: string): HTMLElement => {
    const found = place.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`The stage has no ${selector}`);
    return found;
  };
  const root = createRoot(find('.view'));
  const before = find('button');
  before.focus();
  return {
    before,
    heading: find('h1'),
    live: find('[role=status]'),
    show: (view) =>
      root.render(
        <>
          {view}
          <ToastRegion />
        </>,
      ),
    close() {
      root.unmount();
      place.remove();
      delete document.documentElement.dataset.theme;
    },
  };
}

/** What a person asked for that changes nothing, in the order in which they did. */
export function spyCommands(): ProblemCommands & { readonly done: string[] } {
  const done: string[] = [];
  const note = (name: string) => (): void => void done.push(name);
  return {
    done,
    downloadStored: async () => note('downloadStored')(),
    downloadMemory: note('downloadMemory'),
    downloadChanges: note('downloadChanges'),
    reload: note('reload'),
    openSafeMode: note('openSafeMode'),
    copyReport: async (text) => note(`copyReport ${text}`)(),
    reviewDamage: note('reviewDamage'),
  };
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe finds nothing, in both themes (ux 9.1). */
export async function expectAccessible(): Promise<void> {
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset.theme = theme;
    await coloursChanged();
    const { violations } = await axe.run(document, { runOnly: RULES });
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`);
    expect(found, `axe, ${theme}`).toEqual([]);
  }
}

/** Buttons change their colours over a moment. */
async function coloursChanged(): Promise<void> {
  await passed(20);
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(transitions.map(({ finished }) => finished));
}

export function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A machine brought the step up: for a moment nothing can be chosen (ux 3.2). */
export const untilActive = (): Promise<void> => passed(450);

/** The buttons that can be pressed, by their names, but for the rows of lists. */
export function enabledButtons(within: Element = document.body): string[] {
  return (
    [...within.querySelectorAll('button')]
      // Not what is folded away.
      .filter((button) => button.checkVisibility())
      .filter((button) => !button.disabled && button.ariaDisabled !== 'true')
      .filter((button) => !button.closest('li[aria-posinset]'))
      .map(nameOf)
  );
}

function nameOf(button: HTMLButtonElement): string {
  const labels = (button.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
  const named = labels.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  return named || button.ariaLabel || (button.textContent ?? '');
}

type Labels = Readonly<Record<string, RegExp>>;

/**
 * The enabled buttons are exactly the events that the machine accepts, and the commands that are expected.
 *
 * @param labels the words of each event in this state
 */
export function expectOffers(
  buttons: readonly string[],
  { labels, accepts, commands }: { labels: Labels; accepts: readonly string[]; commands: readonly RegExp[] },
): void {
  const offered = buttons.map((name) => {
    const event = Object.entries(labels).find(([, words]) => words.test(name))?.[0];
    if (event) return event;
    expect(
      commands.some((words) => words.test(name)),
      `“${name}” is offered`,
    ).toBe(true);
    return null;
  });
  expect(offered.filter(Boolean).sort(), 'the events that can be sent').toEqual([...accepts].sort());
  for (const words of commands) {
    expect(
      buttons.some((name) => words.test(name)),
      `${words} is offered`,
    ).toBe(true);
  }
}

/** Said only where the machine vouches for it (ux 9.14). */
export function expectHonest(snapshot: { hasTag(tag: 'nothing-changed'): boolean }): void {
  const isSaid = document.body.innerText.includes('Nothing has been deleted or overwritten');
  expect(isSaid && !snapshot.hasTag('nothing-changed'), 'it says that nothing was changed').toBe(false);
}

/** The classes by which red is drawn. Nothing else may be red; a field only while it is marked as invalid. */
export function redThings(): string[] {
  return [...document.querySelectorAll('[class*="destructive"]')]
    .filter(({ className, ariaInvalid }) => ariaInvalid || /(^|\s)[a-z-]*destructive/.test(className))
    .map((element) => element.textContent ?? '');
}
