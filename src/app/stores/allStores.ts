import { editorDraft } from './editorDraft.ts';
import { serializationState } from './serializationState.ts';
import { settings } from './settings.ts';
import { templates } from './templates.ts';

/** Everything that the app keeps. Page and worker judge records by the same list. */
export const allStores = [templates, settings, serializationState, editorDraft] as const;
