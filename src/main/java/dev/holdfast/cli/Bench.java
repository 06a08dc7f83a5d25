package dev.holdfast.cli;

import picocli.CommandLine.Command;

/** Measurements that a user can make of their own installation and data. */
@Command(
    name = "bench",
    description = "Measures.",
    mixinStandardHelpOptions = true,
    subcommands = {BenchCitations.class})
final class Bench {}
