import { sayFrom } from './sayFrom.ts';
import { settingsMessages } from './settings.en.ts';

export const saySettings = sayFrom(settingsMessages);
