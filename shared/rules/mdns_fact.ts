/** What multicast DNS tells: under which name the hub is found, who else speaks, and whether another hub has this venue. */

/** Another hub of this venue, as it announces itself on the network. */
export interface SecondHub {
  readonly address: string; // where its announcement came from
  readonly venue: string;
  readonly hubId: string; // ours, when it runs on a copy of our data
  readonly heardAt: number;
}

/** A name by which a register offers itself, for which the hub asks as its peers do. */
export interface AskedName {
  readonly name: string;
  readonly askedAt: number; // the first question since it was found last
  readonly foundAt?: number; // the last answer
}

/** What the hub says and hears by multicast DNS. */
export interface MdnsFact {
  readonly name?: string; // under which this hub answers: "counterpart.local"; absent: under none
  readonly unheard?: string; // why nothing is heard, in words; absent: the hub listens
  readonly secondHub?: SecondHub; // the one that was heard first
  readonly names?: readonly AskedName[];
  readonly hosts: readonly { readonly address: string; readonly heardAt: number }[]; // who has spoken multicast DNS lately
}
