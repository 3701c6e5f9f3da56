/** Of several characters, in the tables that identifying fields take codes from. */
const CODES: ReadonlySet<string> = new Set(
  [
    // 0061, check digit schemes; 0301, types of universal ids
    'ISO M10 M11 NPI DNS GUID HCD HL7 Random UUID x400 x500',
    // 0190, address types
    'BA BDL BI BR RH SH TM',
    // 0201 and 0202, what a phone is for and what it is
    'ASN BPN EMR NET ORN PRN PRS VHN WPN BP CP FX Internet MD PH SAT TDD TTY',
    // 0203, identifier types
    'AM AN ANC AND ANON ANT APRN ASID BC BRN BSNR CC CY DDS DEA DFN DI DL DN DO DP DPM DR EI EN FI GI GL GN HC',
    'IND JHN LANR LI LN LR MA MB MC MCD MCN MCR MI MR MRT MS NBSNR NCT NE NH NI NII NIIP NP OD PA PC PCN PE PEN',
    'PI PN PNT PPIN PPN PRC PT QA RI RN RPH RR RRI SL SN SR SS TAX TN UPIN USID VN VP VS WC WCN WP XX',
  ].flatMap((line) => line.split(' ')),
);

/** Whether HL7's own tables have the code: `MR`, `L`, `PRN`. Single letters are too few to tell anything. */
export function isKnownCode(text: string): boolean {
  return /^[A-Z]$/.test(text) || CODES.has(text);
}
