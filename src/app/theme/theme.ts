/** What a person can choose today. Other names may be stored (hl7.md 3.3) and show as `system`. */
export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** Where `index.html` looks before the first paint. An echo of the stored setting, never its source. */
export const THEME_ECHO_KEY = 'hl7-helper-web.theme-echo';

/** The choice that a stored theme name stands for on screen. */
export function themeChoiceOf(stored: string | undefined): ThemeChoice {
  return THEME_CHOICES.find((choice) => choice === stored) ?? 'system';
}

/** Light or dark, as it is to be painted. */
export function paintedTheme(choice: ThemeChoice, prefersDark: boolean): 'light' | 'dark' {
  if (choice === 'system') return prefersDark ? 'dark' : 'light';
  return choice;
}
