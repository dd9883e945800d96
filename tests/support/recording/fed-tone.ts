/** Owns the tones with which the recorder's worker is fed, for the page that makes them and for who listens. */

/** Of the first voice; each further one is as much higher. */
export const FED_HZ = 500;
