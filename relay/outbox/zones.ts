// In which time zones a visitor may be: by the zone that the form knows, else by the state, else by the phone number.
//
// The tables were written down from general knowledge of the North American numbering plan and of the zones' borders,
// not taken from a database. An area that more than one zone shares lists each of them. A code that is missing here
// falls back to the owner's zone.
import type { ListenerSubmit } from "botsplash";
import { isTimeZone } from "./hours.ts";

const EASTERN = "America/New_York";
const CENTRAL = "America/Chicago";
const MOUNTAIN = "America/Denver";
const ARIZONA = "America/Phoenix";
const PACIFIC = "America/Los_Angeles";
const ALASKA = "America/Anchorage";
const ALEUTIANS = "America/Adak";
const HAWAII = "Pacific/Honolulu";
const CARIBBEAN = "America/Puerto_Rico";
const GUAM = "Pacific/Guam";
const SAMOA = "Pacific/Pago_Pago";
const NEWFOUNDLAND = "America/St_Johns";
const ATLANTIC = "America/Halifax";
const ONTARIO = "America/Toronto";
const MANITOBA = "America/Winnipeg";
const SASKATCHEWAN = "America/Regina";
const ALBERTA = "America/Edmonton";
const BRITISH_COLUMBIA = "America/Vancouver";
const YUKON = "America/Whitehorse";

/** `CODE Name, CODE Name`, by the zones that they may be in. */
const STATES: readonly (readonly [zones: readonly string[], states: string])[] = [
  [
    [EASTERN],
    "CT Connecticut,DE Delaware,DC District of Columbia,GA Georgia,ME Maine,MD Maryland,MA Massachusetts," +
      "NH New Hampshire,NJ New Jersey,NY New York,NC North Carolina,OH Ohio,PA Pennsylvania,RI Rhode Island," +
      "SC South Carolina,VT Vermont,VA Virginia,WV West Virginia",
  ],
  [[EASTERN, CENTRAL], "FL Florida,IN Indiana,KY Kentucky,MI Michigan,TN Tennessee,AL Alabama"],
  [
    [CENTRAL],
    "AR Arkansas,IL Illinois,IA Iowa,LA Louisiana,MN Minnesota,MS Mississippi,MO Missouri,OK Oklahoma,WI Wisconsin",
  ],
  [[CENTRAL, MOUNTAIN], "KS Kansas,NE Nebraska,ND North Dakota,SD South Dakota,TX Texas"],
  [[MOUNTAIN], "CO Colorado,MT Montana,NM New Mexico,UT Utah,WY Wyoming"],
  [[ARIZONA, MOUNTAIN], "AZ Arizona"],
  [[MOUNTAIN, PACIFIC], "ID Idaho,NV Nevada,OR Oregon"],
  [[PACIFIC], "CA California,WA Washington"],
  [[ALASKA, ALEUTIANS], "AK Alaska"],
  [[HAWAII], "HI Hawaii"],
  [[CARIBBEAN], "PR Puerto Rico,VI Virgin Islands"],
  [[GUAM], "GU Guam,MP Northern Mariana Islands"],
  [[SAMOA], "AS American Samoa"],
  [[NEWFOUNDLAND, ATLANTIC], "NL Newfoundland and Labrador"],
  [[ATLANTIC], "NB New Brunswick,NS Nova Scotia,PE Prince Edward Island"],
  [[ONTARIO, ATLANTIC], "QC Quebec"],
  [[ONTARIO, MANITOBA], "ON Ontario"],
  [[MANITOBA], "MB Manitoba"],
  [[SASKATCHEWAN, ALBERTA], "SK Saskatchewan"],
  [[ALBERTA], "AB Alberta,NT Northwest Territories"],
  [[BRITISH_COLUMBIA, ALBERTA], "BC British Columbia"],
  [[ONTARIO, MANITOBA, ALBERTA], "NU Nunavut"],
  [[YUKON], "YT Yukon"],
];

/** Area codes by the zones that they may be in. */
const AREA_CODES: readonly (readonly [zones: readonly string[], codes: string])[] = [
  [
    [EASTERN],
    "201 202 203 207 212 215 216 220 223 227 229 231 234 239 240 248 252 260 267 269 272 276 283 301 302 304 305 313 " +
      "315 317 321 324 326 329 330 332 336 339 347 351 352 363 380 386 401 404 407 410 412 413 419 423 434 436 440 443 " +
      "445 463 470 472 475 478 484 502 508 513 516 517 518 540 551 561 567 570 571 582 585 586 603 607 609 610 614 616 " +
      "617 624 631 640 645 646 656 667 678 679 680 681 686 689 703 704 706 716 717 718 724 727 728 732 734 740 743 754 " +
      "757 762 765 770 771 772 774 781 786 802 803 804 810 813 814 821 826 828 835 838 839 843 845 848 854 856 857 859 " +
      "860 862 863 864 865 878 904 908 910 912 914 917 919 929 934 937 941 943 947 948 954 959 973 978 980 984 989",
  ],
  [[EASTERN, CENTRAL], "270 364 448 574 606 812 850 906 930"],
  [
    [CENTRAL],
    "205 210 214 217 218 219 224 225 228 235 251 254 256 262 274 281 309 312 314 316 318 319 320 325 327 331 334 337 " +
      "346 353 361 402 405 409 414 417 430 432 447 464 469 479 501 504 507 512 515 531 534 539 557 563 572 573 580 601 " +
      "608 612 615 618 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 773 779 806 815 816 " +
      "817 830 832 847 861 870 872 901 903 913 918 920 924 931 936 938 940 945 952 956 972 975 979 985",
  ],
  [[CENTRAL, MOUNTAIN], "308 605 620 701 785"],
  [[MOUNTAIN], "303 307 385 406 435 505 575 719 720 748 801 915 970 983"],
  [[ARIZONA], "480 520 602 623"],
  [[ARIZONA, MOUNTAIN], "928"],
  [[MOUNTAIN, PACIFIC], "208 541 775 986"],
  [
    [PACIFIC],
    "206 209 213 253 279 310 323 341 350 357 360 369 408 415 424 425 442 458 503 509 510 530 559 562 564 619 626 628 " +
      "650 657 661 669 702 707 714 725 738 747 760 805 818 820 831 837 840 858 909 916 925 949 951 971",
  ],
  [[ALASKA, ALEUTIANS], "907"],
  [[HAWAII], "808"],
  [[CARIBBEAN], "340 787 939"],
  [[GUAM], "670 671"],
  [[SAMOA], "684"],
  [[NEWFOUNDLAND, ATLANTIC], "709 879"],
  [[ATLANTIC], "428 506 782 902"],
  [
    [ONTARIO],
    "226 249 263 289 343 354 365 367 382 416 437 438 450 468 514 519 548 579 581 613 647 683 705 742 753 873 905 942",
  ],
  [[ONTARIO, ATLANTIC], "418 819"],
  [[ONTARIO, MANITOBA], "807"],
  [[MANITOBA], "204 431 584"],
  [[SASKATCHEWAN, ALBERTA], "306 474 639"],
  [[ALBERTA], "368 403 587 780 825"],
  [[BRITISH_COLUMBIA, ALBERTA], "236 250 257 672 778"],
  [[BRITISH_COLUMBIA], "604"],
  [[YUKON, ALBERTA, MANITOBA, ONTARIO], "867"],
];

const ZONES_OF_STATE = new Map(
  STATES.flatMap(([zones, states]) =>
    states.split(",").flatMap((state): [string, readonly string[]][] => [
      [state.slice(0, 2).toLowerCase(), zones],
      [state.slice(3).toLowerCase(), zones],
    ]),
  ),
);

const ZONES_OF_AREA = new Map(
  AREA_CODES.flatMap(([zones, codes]) => codes.split(" ").map((code): [string, readonly string[]] => [code, zones])),
);

/** The time zones in which the visitor may be; the owner's where nothing tells. Never empty. */
export const zonesOf = ({ visitor }: ListenerSubmit, ownersZone: string): readonly string[] => {
  const { tzName, state, phoneNumber } = visitor;
  if (isTimeZone(tzName)) return [tzName];
  return (
    ZONES_OF_STATE.get(
      String(state ?? "")
        .trim()
        .toLowerCase(),
    ) ??
    ZONES_OF_AREA.get(areaCodeOf(String(phoneNumber ?? ""))) ?? [ownersZone]
  );
};

/** Of a number of the North American plan, however it is written; else empty. */
const areaCodeOf = (phoneNumber: string): string => {
  const isForeign = /^\s*\+(?!\s*1)|^\s*00/.test(phoneNumber);
  const digits = phoneNumber.replace(/\D/g, "");
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
  return national.length === 10 && !isForeign ? national.slice(0, 3) : "";
};
