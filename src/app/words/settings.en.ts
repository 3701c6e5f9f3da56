/** The words of the settings. Fetched with their dialog. */
export const settingsMessages = {
  'settings.open': 'Settings…',
  'settings.title': 'Settings',
  'settings.stored': 'Stored in this browser, with your templates.',
  'settings.damage': 'When saved data can’t be read',
  'settings.prompt': 'Ask me',
  'settings.promptMeans': 'Shows what was found and every choice. Nothing is changed before you decide.',
  'settings.recover': 'Restore the newest readable backup',
  'settings.recoverMeans':
    'Keeps a copy of what is damaged. Asks all the same before a sound record is replaced.',
  'settings.clear': 'Start with an empty library',
  'settings.clearMeans':
    'Keeps a copy of what is damaged. What can still be read leaves the list, and Undo brings it back.',
  'settings.once': 'It acts once and says so, with Undo. If it doesn’t work, you are asked.',
  'settings.readOnly': 'Nothing can be saved now, so nothing can be chosen here.',
} as const;
