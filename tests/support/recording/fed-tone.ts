/** Of the first voice with which the worker is fed; each further one is as much higher. */
export const FED_HZ = 500;
