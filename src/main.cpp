// aidledger: one program, many commands (src/cli). This file and its neighbours are the only ones that know every
// concrete class.
#include "src/cli/program.hpp"
#include "src/hands.hpp"

int main(int argc, char** argv) { return aidledger::cli::run(argc, argv, aidledger::make_hands()); }
