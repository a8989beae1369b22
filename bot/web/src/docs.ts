// The API browser at /docs: the description of this server, shown by scripts that this server has.
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import "swagger-ui-dist/swagger-ui.css";

// Without a validator: its picture would ask another host.
SwaggerUI({ url: "./openapi.json", dom_id: "#operations", validatorUrl: null, deepLinking: true });
