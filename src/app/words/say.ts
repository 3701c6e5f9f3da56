import { messages } from './messages.en.ts';
import { sayFrom } from './sayFrom.ts';

export type MessageKey = keyof typeof messages;

/**
 * The words for a key, with its values filled in.
 *
 * @example say('templates.count', { count: 148 }) // '148 templates'
 */
export const say = sayFrom(messages);
