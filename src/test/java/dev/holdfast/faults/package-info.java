/** Real servers on broken machines: full disks, disks that fail, and a loss of power. */
package dev.holdfast.faults;
