/** The main landmark. Menus and panels open in it: what lies outside of all landmarks is missed by those who jump by them. */
export const MAIN_ID = 'main';
