import { useEffect, useSyncExternalStore } from 'react';
import { useDocument } from '../../react/index.ts';
import { SETTINGS_ID, settings } from '../stores/settings.ts';
import { paintedTheme, THEME_ECHO_KEY, type ThemeChoice, themeChoiceOf } from './theme.ts';

const darkScheme = window.matchMedia('(prefers-color-scheme: dark)');

function followScheme(listener: () => void): () => void {
  darkScheme.addEventListener('change', listener);
  return () => darkScheme.removeEventListener('change', listener);
}

/** The chosen theme, and how to choose another. `choose` is null while nothing can be stored. */
export function useTheme(): { choice: ThemeChoice; choose: ((choice: ThemeChoice) => void) | null } {
  const document = useDocument(settings, SETTINGS_ID);
  const stored = document.kind === 'open' ? document.data : undefined;
  const canStore = document.kind === 'missing' || (document.kind === 'open' && !document.readOnly);
  return {
    choice: themeChoiceOf(stored?.theme),
    choose: canStore ? (choice) => document.edit({ ...stored, theme: choice }) : null,
  };
}

/** Paints the page in the stored theme. Until it is read, the echo from the last visit stands. */
export function useThemePaint(): void {
  const document = useDocument(settings, SETTINGS_ID);
  const prefersDark = useSyncExternalStore(followScheme, () => darkScheme.matches);
  const isKnown = document.kind === 'open' || document.kind === 'missing';
  const choice = themeChoiceOf(document.kind === 'open' ? document.data.theme : undefined);
  useEffect(() => {
    if (!isKnown) return;
    window.document.documentElement.dataset.theme = paintedTheme(choice, prefersDark);
    rememberEcho(choice);
  }, [isKnown, choice, prefersDark]);
}

function rememberEcho(choice: ThemeChoice): void {
  try {
    window.localStorage.setItem(THEME_ECHO_KEY, choice);
  } catch {
    // Where storage is denied the page may flash once at its start; nothing is lost.
  }
}
