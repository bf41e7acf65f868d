#pragma once
// The API document, OpenAPI 3.1, from the same tables and declarations as the code.
#include "events/values/tree.hpp"

namespace aidledger::http {

Tree openapi_document();
/// {"data": [{name, family, meaning, roles, schema}]}: every action.
Tree action_catalogue();

}  // namespace aidledger::http
