#pragma once

#include "edgel3/error.h"
#include "network/front_end.h"
#include "network/weights.h"

namespace edgel3 {

/// Refuses weights with which a number could leave the range of float32 on its way through the network, in
/// any executor: what follows would be infinite or, behind a ReLU or a maximum, plausible and wrong. The
/// largest number that any sound can lead to is followed from layer to layer by the sums of the absolute
/// weights; with the published networks it stays below 1e15. Decodes the convolutions, one at a time. Errors:
/// kModelInvalid.
Result<void> check_overflow(const NetworkSource& source, const FrontEnd& front_end);

}  // namespace edgel3
