import { editorMessages } from './editor.en.ts';
import { safetyMessages } from './safety.en.ts';
import { templateMessages } from './templates.en.ts';

/**
 * Every word the app says, by key. A message with a count has the forms of English plurals; `{name}` is filled in.
 * The rules of wording are checked by a test (ux 3.1): say what was found, what is safe, what each choice does.
 */
export const messages = {
  'app.name': 'HL7 Helper',
  'page.editor': 'Editor',
  'page.templates': 'Templates',
  'page.data': 'Data',
  'page.template': 'Template',
  'page.newTemplate': 'New template',
  'shell.skip': 'Skip to the content',
  'shell.pages': 'Pages',
  'theme.menu': 'Theme',
  'theme.system': 'System',
  'theme.light': 'Light',
  'theme.dark': 'Dark',
  'dialog.close': 'Close',
  'dialog.cancel': 'Cancel',
  'toast.region': 'Notifications',
  'toast.undo': 'Undo',
  'toast.close': 'Close notification',
  'shortcuts.title': 'Keyboard shortcuts',
  'shortcuts.save': 'Save now',
  'shortcuts.undo': 'Undo in the message',
  'shortcuts.redo': 'Redo in the message',
  'shortcuts.find': 'Search in the message',
  'shortcuts.copy': 'Copy the message',
  'shortcuts.search': 'Search on this page',
  'shortcuts.tree': 'Move in the structure, open and close',
  'shortcuts.edit': 'Edit the value in the structure',
  'shortcuts.toasts': 'To the notifications, and back',
  'shortcuts.escape': 'Leave without changing anything',
  'shortcuts.help': 'This list',
  'search.clear': 'Clear search',
  'fault.title': 'This page stopped working',
  'fault.text': 'What you typed is kept. Show the page again, or reload it.',
  'fault.again': 'Show the page again',
  'fault.reload': 'Reload',
  'fault.safeMode': 'See and download your saved data in safe mode',
  ...editorMessages,
  ...templateMessages,
  ...safetyMessages,
} as const;
