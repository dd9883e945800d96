/** Owns the listeners of a fake browser object. */

export class Listeners<Events extends object> {
  #all: { readonly name: keyof Events; readonly listener: (event: never) => void }[] = [];

  add<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void {
    this.#all.push({ name, listener });
  }

  tell<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const entry of [...this.#all]) {
      if (entry.name === name) (entry.listener as (event: Events[Name]) => void)(event);
    }
  }

  clear(): void {
    this.#all = [];
  }
}
